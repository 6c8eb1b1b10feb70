package io.syslet.server.journal;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Random;

/**
 * A server that is killed: {@code Crasher DIR SEED DURABILITY} opens a journal, says what it
 * recovered, and writes steps until somebody kills it. Each step is said twice: before it is
 * written, and, once its record is in the journal, after.
 */
final class Crasher {
  private Crasher() {}

  public static void main(String[] args) throws IOException {
    JournalOptions options =
        JournalOptions.defaults().cycleBytes(64 << 10).durability(Durability.valueOf(args[2]));
    PrintStream out = System.out;
    say(out, "opening");
    Random random = new Random(Long.parseLong(args[1]));
    Journal journal = Journal.open(Path.of(args[0]), options);
    Writer writer = journal.writer();
    Model model = new Model(journal.recovered());
    say(out, "held " + Model.line(Model.text(journal.recovered())));
    say(out, "loss " + journal.loss().text());
    while (true) {
      Step step = model.next(random);
      say(out, "try " + step.text());
      int result = step.write(writer);
      if (result != 0) {
        say(out, "result " + result);
        return;
      }
      writer.sync();
      say(out, "did");
      model.apply(step);
    }
  }

  private static void say(PrintStream out, String line) {
    out.println(line);
    out.flush();
  }
}
