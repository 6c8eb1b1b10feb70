package io.syslet.client;

import io.syslet.CString;
import io.syslet.CallSlots;
import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Params;
import io.syslet.Registers;
import io.syslet.Sys;
import io.syslet.client.wire.Address;
import io.syslet.ring.Memory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;

/**
 * A program that numbers its calls, and goes on where its {@link CallLog} says that it was: {@code
 * NumberedCalls LOG ADDRESS AUTHORITY CERTIFICATE KEY SEED}. It ends when it is killed, or finds
 * that something cannot be.
 */
final class NumberedCalls {
  private static final int MOST_WAITING = 16;
  private static final int EFD_SEMAPHORE = 1;
  private static final String KINDS = "rrrsswwmaaf";

  private final CallLog log;
  private final Address address;
  private final ClientOptions options;
  private final Random random;
  private long memory;

  NumberedCalls(CallLog log, Address address, ClientOptions options, long seed) {
    this.log = log;
    this.address = address;
    this.options = options;
    this.random = new Random(seed);
  }

  /** Runs until it is killed. */
  public static void main(String[] words) throws Exception {
    ClientOptions options =
        ClientOptions.defaults().tls(Path.of(words[3]), Path.of(words[4]), Path.of(words[2]));
    try (CallLog log = new CallLog(Path.of(words[0]))) {
      Address address = Address.parse(words[1]);
      NumberedCalls program = new NumberedCalls(log, address, options, Long.parseLong(words[5]));
      while (true) {
        program.run(false);
      }
    }
  }

  /**
   * Connects and makes calls until the server is gone; or, if it is to finish, until every call
   * that was accepted has ended, and says goodbye.
   *
   * @return whether it has finished.
   */
  boolean run(boolean finish) {
    try (CallWay way = CallWay.to(address, options, log)) {
      memory = way.memory();
      files(way);
      while (!finish) {
        submit(way, letters());
        way.drain();
        release(way, MOST_WAITING);
      }
      release(way, 0);
      way.goodbye();
      return true;
    } catch (RefusedException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      return false;
    }
  }

  private String letters() {
    StringBuilder letters = new StringBuilder();
    for (int i = random.nextInt(CallWay.MOST_CALLS); i >= 0; i--) {
      letters.append(KINDS.charAt(random.nextInt(KINDS.length())));
    }
    return letters.toString();
  }

  /** Lets reads go on until not more calls are waited for than that. */
  private void release(CallWay way, int most) throws IOException {
    while (log.waiting() > most) {
      submit(way, "w");
      way.drain();
    }
  }

  /** Makes its files, unless it has them from before. */
  private void files(CallWay way) throws IOException {
    if (log.eventFd() < 0 || result(way, "w") < 0 || result(way, "f") < 0) {
      long eventFd = result(way, "e");
      long file = result(way, "o");
      if (eventFd < 0 || file < 0) {
        throw new IOException("no files: " + eventFd + ", " + file);
      }
      log.add("files", eventFd, file);
    }
  }

  private long result(CallWay way, String letter) throws IOException {
    long number = log.next();
    submit(way, letter);
    while (log.status(number) == null) {
      way.drain();
      if (log.status(number) == null) {
        submit(way, "w");
      }
    }
    return java.util.Objects.requireNonNull(log.status(number));
  }

  private void submit(CallWay way, String letters) throws IOException {
    long first = log.next();
    for (int i = 0; i < letters.length(); i++) {
      long slot = memory + (long) i * CallSlots.LENGTH;
      put(slot, letters.charAt(i), first + i);
      Params.put(slot + CallSlots.PARAMS, 1, first + i);
    }
    log.add("submit", log.batch() + 1, first, letters);
    way.submit(letters.length());
  }

  private void put(long slot, char letter, long number) {
    long block = memory + CallWay.SLOTS + number % CallWay.BLOCKS * CallWay.BLOCK;
    Memory.clear(block, CallWay.BLOCK);
    switch (letter) {
      case 'r' -> Registers.put(slot, Nr.READ, log.eventFd(), block, 8, 0, 0, 0);
      case 'w' -> {
        Memory.putLong(block, 1);
        Registers.put(slot, Nr.WRITE, log.eventFd(), block, 8, 0, 0, 0);
      }
      case 's' -> {
        Memory.putLong(block + 8, random.nextInt(3_000_000));
        Registers.put(slot, Nr.NANOSLEEP, block, 0, 0, 0, 0, 0);
      }
      case 'a' -> {
        Memory.putLong(block, number);
        Registers.put(slot, Nr.WRITE, log.fileFd(), block, 8, 0, 0, 0);
      }
      case 'm' -> {
        CString.put(block, ("d" + number).getBytes(StandardCharsets.UTF_8));
        Registers.put(slot, Nr.MKDIRAT, Sys.AT_FDCWD, block, 0755, 0, 0, 0);
      }
      case 'f' -> Registers.put(slot, Nr.FDATASYNC, log.fileFd(), 0, 0, 0, 0, 0);
      case 'e' -> Registers.put(slot, Nr.EVENTFD2, 0, EFD_SEMAPHORE, 0, 0, 0, 0);
      case 'o' -> {
        CString.put(block, "numbers".getBytes(StandardCharsets.UTF_8));
        int flags = Sys.O_WRONLY | Sys.O_CREAT | Sys.O_APPEND;
        Registers.put(slot, Nr.OPENAT, Sys.AT_FDCWD, block, flags, 0644, 0, 0);
      }
      default -> throw new IllegalArgumentException(letter + ", " + Errno.EINVAL);
    }
  }
}
