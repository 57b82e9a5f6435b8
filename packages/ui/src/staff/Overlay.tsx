import { type ReactNode, type RefObject, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Act } from './Act.tsx';

/** A dialog over the page. Escape and the button close it; focus returns to where it was. */
export function Overlay(props: {
  readonly title: string;
  readonly wide?: boolean;
  readonly inside?: RefObject<HTMLDivElement | null>;
  readonly children: ReactNode;
  onClose(): void;
}): ReactNode {
  const { t } = useTranslation('staff');
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const opened = dialog.current;
    opened?.showModal();
    // What the dialog is for comes before the way out of it.
    opened?.querySelector<HTMLElement>('.st-dialog-body :is(input, select, textarea)')?.focus();
    return () => opened?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={props.wide === true ? 'st-dialog st-dialog-wide' : 'st-dialog'}
      aria-label={props.title}
      onCancel={(event) => {
        event.preventDefault();
        props.onClose();
      }}
    >
      <div className="st-dialog-head">
        <h2>{props.title}</h2>
        <Act name={t('close')} keys={['Esc']} onPress={props.onClose} />
      </div>
      <div ref={props.inside} className="st-dialog-body">
        {props.children}
      </div>
    </dialog>
  );
}
