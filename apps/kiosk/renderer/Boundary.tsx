import { Component, type ReactNode } from 'react';

/** Catches what should not have happened: shows `broken`, which says so calmly and begins afresh. */
export class Boundary extends Component<
  { readonly broken: ReactNode; readonly children: ReactNode },
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
    return this.state.broken ? this.props.broken : this.props.children;
  }
}
