package io.syslet;

/** A place in a {@link Chain} where steps can go on. */
public final class Label {
  private static final int NOWHERE = -2;

  private final Chain chain;
  private int step = NOWHERE;

  Label(Chain chain) {
    this.chain = chain;
  }

  /**
   * Puts the label before the step that is added next; with none behind it, it is the end.
   *
   * @throws IllegalStateException if it is somewhere already.
   */
  public Label here() {
    if (step != NOWHERE) {
      throw new IllegalStateException("the label is somewhere already");
    }
    step = chain.size();
    return this;
  }

  boolean isOf(Chain owner) {
    return chain == owner;
  }

  /** The step behind it, or {@link Chain#END}. */
  int step() {
    if (step == NOWHERE) {
      throw new IllegalStateException("a step goes on at a label that is nowhere");
    }
    return step == chain.size() ? Chain.END : step;
  }
}
