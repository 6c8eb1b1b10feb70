package io.syslet.examples.cli;

import io.syslet.server.journal.JournalReader;
import io.syslet.server.journal.JournalRecord;
import io.syslet.server.journal.JournalSummary;
import io.syslet.server.journal.Loss;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code syslet journal}. */
@Command(
    name = "journal",
    description =
        "What the journal of a server says; it is only read, also while a server writes it.")
final class JournalCommand implements Callable<Integer> {
  /** One of the two. */
  private static final class What {
    @Option(names = "--dump", description = "a line for each record")
    private boolean dump;

    @Option(names = "--stats", description = "what it holds, and how many records of each kind")
    private boolean stats;
  }

  @ArgGroup(exclusive = true, multiplicity = "1")
  private What what = new What();

  @Option(names = "--json", description = "as JSON objects, one a line")
  private boolean json;

  @Parameters(paramLabel = "DIR", description = "the folder of the journal")
  private Path dir = Path.of("");

  @Override
  public Integer call() throws IOException {
    JournalReader reader;
    try {
      reader = JournalReader.of(dir);
    } catch (NoSuchFileException | NotDirectoryException e) {
      Streams.complain(Failure.text(e));
      return Main.USAGE;
    }
    return print(reader);
  }

  private int print(JournalReader reader) throws IOException {
    JournalSummary summary = reader.summary();
    if (what.dump) {
      dump(reader);
    }
    if (what.stats) {
      Streams.print(json ? summary.json() + "\n" : summary.text());
    }
    return report(summary.loss());
  }

  private void dump(JournalReader reader) throws IOException {
    Function<JournalRecord, String> line = json ? JournalRecord::json : JournalRecord::text;
    try (Writer out =
        new BufferedWriter(new OutputStreamWriter(Streams.OUT, StandardCharsets.UTF_8))) {
      reader.forEach(record -> write(out, line.apply(record)));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void write(Writer out, String line) {
    try {
      out.write(line);
      out.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int report(Loss loss) {
    if (loss.isNone()) {
      return Main.OK;
    }
    Streams.complain(loss.text());
    return Main.INCOMPLETE;
  }
}
