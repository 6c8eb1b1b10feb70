package io.syslet.client;

import io.syslet.Errno;
import io.syslet.Syslet;
import io.syslet.client.wire.Token;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a program has done and heard, a line for each step, in a file that outlives the program.
 * Whoever reads it knows what the program knew; what cannot be is an {@link IllegalStateException}.
 *
 * <pre>
 *   token FIRST SECOND                  its session
 *   server INSTANCE                     who it talks to; another number: batches count anew
 *   files EVENTFD FILE                  its descriptors
 *   submit BATCH FIRST KINDS            a batch of the calls FIRST, FIRST + 1..., a letter each
 *   answer BATCH ACCEPTED STATUS...     what became of it
 *   lost                                it has no answer: what it did is unknown
 *   never                               the server has not got it: its number is free
 *   completion POSITION NUMBER STATUS   a call that was pending has ended
 * </pre>
 */
final class CallLog implements AutoCloseable {
  private final FileChannel file;
  private final Map<Long, Long> inline = new HashMap<>();
  private final Map<Long, Long> completed = new HashMap<>();
  private final Set<Long> accepted = new HashSet<>();
  private final StringBuilder kinds = new StringBuilder("-");
  private @Nullable Token token;
  private int instance;
  private int eventFd = -1;
  private int fileFd = -1;
  private long batch;
  private long first;
  private int count;
  private boolean isAnswered = true;
  private long waiting;

  /** Reads what there is, and goes on behind it. */
  CallLog(Path path) throws IOException {
    String text = Files.exists(path) ? Files.readString(path) : "";
    int whole = text.lastIndexOf('\n') + 1;
    text.substring(0, whole).lines().forEach(this::apply);
    file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    file.truncate(whole).position(whole);
  }

  /** Writes a line, with one call. */
  void add(Object... words) {
    StringBuilder line = new StringBuilder();
    for (Object word : words) {
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    try {
      file.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    apply(line.toString());
  }

  private void apply(String line) {
    String[] words = line.split(" ", -1);
    switch (words[0]) {
      case "token" -> token = new Token(number(words[1]), number(words[2]));
      case "server" -> {
        instance = (int) number(words[1]);
        batch = 0;
      }
      case "files" -> {
        eventFd = (int) number(words[1]);
        fileFd = (int) number(words[2]);
      }
      case "submit" -> submit(number(words[1]), number(words[2]), words[3]);
      case "answer" -> answer(words);
      case "lost" -> lost(true);
      case "never" -> lost(false);
      case "completion" -> completion(number(words[1]), number(words[2]), number(words[3]));
      default -> throw new IllegalStateException(line);
    }
  }

  private static long number(String word) {
    return Long.parseLong(word);
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new IllegalStateException(what);
    }
  }

  private void submit(long number, long from, String letters) {
    check(isAnswered && number == batch + 1 && from == kinds.length(), "submit " + number);
    batch = number;
    first = from;
    count = letters.length();
    kinds.append(letters);
    isAnswered = false;
  }

  private void answer(String[] words) {
    check(!isAnswered && number(words[1]) == batch, "an answer to batch " + words[1]);
    int made = (int) number(words[2]);
    for (int i = 0; i < count; i++) {
      long status = i < made ? number(words[3 + i]) : -Errno.EAGAIN;
      if (status == -Syslet.ESYSLETPENDING) {
        accepted.add(first + i);
        waiting += completed.containsKey(first + i) ? 0 : 1;
      } else {
        check(!completed.containsKey(first + i), "a completion of an inline call " + (first + i));
        inline.put(first + i, status);
      }
    }
    isAnswered = true;
  }

  private void lost(boolean mayHaveArrived) {
    check(!isAnswered, "nothing to lose");
    batch -= mayHaveArrived ? 0 : 1;
    for (long n = first; n < first + count; n++) {
      if (!mayHaveArrived) {
        check(!completed.containsKey(n), "a completion of a call that was not sent: " + n);
        inline.put(n, (long) -Errno.ENOTCONN);
      }
    }
    isAnswered = true;
  }

  private void completion(long position, long n, long status) {
    check(position == completed.size(), "completion at " + position + ", not " + completed.size());
    check(n > 0 && n < kinds.length(), "a completion of a call that was not made: " + n);
    check(!inline.containsKey(n), "a completion of a call that had ended: " + n);
    check(completed.put(n, status) == null, "a second completion of " + n);
    waiting -= accepted.contains(n) ? 1 : 0;
  }

  // ---- for the program

  @Nullable Token token() {
    return token;
  }

  int instance() {
    return instance;
  }

  int eventFd() {
    return eventFd;
  }

  int fileFd() {
    return fileFd;
  }

  /** The last batch. */
  long batch() {
    return batch;
  }

  /** Its calls, a letter each. */
  String letters() {
    return kinds.substring((int) first, (int) first + count);
  }

  boolean isAnswered() {
    return isAnswered;
  }

  /** The number of the next call. */
  long next() {
    return kinds.length();
  }

  /** How many completions were consumed. */
  long consumed() {
    return completed.size();
  }

  /** Accepted calls without a completion. */
  long waiting() {
    return waiting;
  }

  /** What a call has returned; null if that is not known yet. */
  @Nullable Long status(long n) {
    return inline.getOrDefault(n, completed.get(n));
  }

  /** What kind of call it is. */
  char kind(long n) {
    return kinds.charAt((int) n);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
