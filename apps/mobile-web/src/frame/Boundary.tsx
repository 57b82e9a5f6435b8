import i18next from 'i18next';
import { Component, type ReactNode } from 'react';

/**
 * Catches a bug in a screen: what was filled in lies on the disk already, so opening anew goes on where
 * the person was. The fault is told to the console, never to the person.
 */
export class Boundary extends Component<{ readonly children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override componentDidCatch(fault: unknown): void {
    console.error('A screen broke.', fault);
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return (
      <main className="p-opening" data-screen="broken">
        <h1>{i18next.t('common:broken.heading')}</h1>
        <p>{i18next.t('common:broken.lead')}</p>
        <button type="button" className="second" onClick={() => location.reload()}>
          {i18next.t('common:broken.again')}
        </button>
      </main>
    );
  }
}
