import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../icon/Icon.tsx';

interface DialogProps {
  /** Names it for tests: `data-dialog`. */
  readonly name: string;
  readonly heading: ReactNode;
  readonly children: ReactNode;
  readonly act?: ReactNode;
  readonly onClose: () => void;
}

/** A page over the page. The browser keeps the focus inside and gives it back; Escape closes it. */
export function Dialog({ name, heading, children, act, onClose }: DialogProps) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();

  useEffect(() => {
    dialog.current?.showModal();
  }, []);

  return (
    <dialog
      ref={dialog}
      className="dialog"
      data-dialog={name}
      aria-labelledby={title}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div className="dialog-head">
        <h2 id={title}>{heading}</h2>
        <button type="button" className="dialog-close" onClick={onClose}>
          <Icon name="close" />
          {t('common:close')}
        </button>
      </div>
      <div className="dialog-body">{children}</div>
      {act && <div className="dialog-act">{act}</div>}
    </dialog>
  );
}
