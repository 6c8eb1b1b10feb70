package io.syslet;

import java.util.List;

/** Runs a {@link Chain} where there is no exec: each call is made when the one before has ended. */
final class StepByStep {
  private final CallDispatcher dispatcher;
  private final Chain chain;
  private final List<Step> steps;
  private final Call.Listener<Call> stepEnded = this::stepEnded;

  StepByStep(CallDispatcher dispatcher, Chain chain, List<Step> steps) {
    this.dispatcher = dispatcher;
    this.chain = chain;
    this.steps = steps;
  }

  /** Goes on with a step, of the program that is a call itself. */
  void goOn(Call program, int first) {
    for (int i = first; i != Chain.END; ) {
      Step step = steps.get(i);
      if (step.nr != Nr.UMEM_ADD) {
        make(step).then(stepEnded, program, i);
        return;
      }
      long sum = step.status() + step.argument(1);
      chain.status(step, sum);
      i = after(i, sum);
      if (i == Chain.END) {
        dispatcher.end(program, sum);
      }
    }
  }

  private Call make(Step step) {
    return dispatcher.begin(
        step.nr,
        step.argument(0),
        step.argument(1),
        step.argument(2),
        step.argument(3),
        step.argument(4),
        step.argument(5));
  }

  private void stepEnded(Call program, Call call, long status) {
    int i = (int) call.data();
    chain.status(steps.get(i), status);
    int next = after(i, status);
    if (next == Chain.END) {
      dispatcher.end(program, status);
    } else {
      goOn(program, next);
    }
  }

  private int after(int i, long status) {
    return steps.get(i).after(status, i + 1 == steps.size() ? Chain.END : i + 1);
  }
}
