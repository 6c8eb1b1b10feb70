package io.syslet.ring;

import java.nio.file.Path;

/** {@code ClientMain MEMORY wait|scribble SEED}: a client that is killed in the middle of it. */
final class ClientMain {
  private ClientMain() {}

  public static void main(String[] args) throws Exception {
    SharedMemory memory = SharedMemory.open(Path.of(args[0]));
    if (args[1].equals("wait")) {
      RingView view = RingView.of(memory.segment());
      System.out.println("ready");
      while (view.await(view.tail(), Long.MAX_VALUE) == 0) {
        view.drain((status, callerData) -> {}, 1);
      }
    } else {
      System.out.println("ready");
      Scribbler scribbler = new Scribbler(memory.segment(), Long.parseLong(args[2]));
      while (memory.length() > 0) {
        scribbler.scribble();
      }
    }
  }
}
