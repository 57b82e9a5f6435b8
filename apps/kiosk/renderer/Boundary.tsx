import { FrameContext, KioskStage, Primary, Screen } from '@tongban/ui';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { freshPage } from './visit/ending.ts';

/** Catches what should not have happened: says so calmly, and begins afresh. */
export class Boundary extends Component<
  { readonly children: ReactNode },
  { readonly broken: boolean }
> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override componentDidCatch(error: unknown) {
    // For whoever looks after the machine; what people entered is in no error message.
    console.error(error);
  }

  override render() {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}

function Broken() {
  const { t } = useTranslation();
  return (
    <FrameContext value={{ line: null, onHelp: () => undefined }}>
      <KioskStage>
        <Screen
          name="broken"
          heading={t('common:broken.heading')}
          lead={t('kiosk:broken')}
          act={
            <Primary icon="resume" onPress={freshPage}>
              {t('common:broken.again')}
            </Primary>
          }
        />
      </KioskStage>
    </FrameContext>
  );
}
