package io.syslet.kernel.cpu;

/** What the kernel does at an interrupt. */
@FunctionalInterface
public interface IrqHandler {
  /** Handles an interrupt; called by a thread that owns the processor. Must not wait. */
  void interrupt(int irq);
}
