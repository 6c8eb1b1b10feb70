package io.syslet.server.policy;

/** A rule for some arguments only. */
final class GuardedRule extends Rule {
  /** Looks at the registers of a call. */
  @FunctionalInterface
  interface Guard {
    /** 0 if the call may be made, else −errno. */
    int check(Operation op);
  }

  private final Guard guard;
  private final Rule rule;

  GuardedRule(Guard guard, Rule rule) {
    this.guard = guard;
    this.rule = rule;
  }

  @Override
  void start(Operation op) {
    int error = guard.check(op);
    if (error < 0) {
      op.done(error);
    } else {
      rule.start(op);
    }
  }

  @Override
  void ended(Operation op, long result) {
    rule.ended(op, result);
  }

  @Override
  void accepted(Operation op) {
    rule.accepted(op);
  }

  @Override
  void abandoned(Operation op) {
    rule.abandoned(op);
  }
}
