package io.syslet.threads;

/**
 * {@code NativeSleepProgram MILLIS}: two virtual threads sleep so long in native code, usleep(3).
 */
final class NativeSleepProgram {
  private NativeSleepProgram() {}

  public static void main(String[] args) throws InterruptedException {
    int micros = 1000 * Integer.parseInt(args[0]);
    Thread one = Thread.ofVirtual().name("sleeper").start(() -> nap(micros));
    Thread other = Thread.ofVirtual().name("sleeper").start(() -> nap(micros));
    one.join();
    other.join();
    System.out.println("slept");
  }

  private static void nap(int micros) {
    NativeSleep.micros(micros);
  }
}
