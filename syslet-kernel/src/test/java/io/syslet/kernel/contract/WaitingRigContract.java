package io.syslet.kernel.contract;

/** Tests of calls that wait, each on a {@link WaitRig} of a kernel of its own. */
abstract class WaitingRigContract extends KernelContract {
  static final long MILLI = 1_000_000;

  WaitingRigContract(Booter booter) {
    super(booter);
  }

  interface OnARig {
    void run(WaitRig rig) throws Exception;
  }

  final void onARig(OnARig test) throws Exception {
    needsHandOver();
    run(kernel -> test.run(new WaitRig(kernel)));
  }
}
