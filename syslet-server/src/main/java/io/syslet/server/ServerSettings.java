package io.syslet.server;

import io.syslet.server.journal.JournalOptions;
import io.syslet.server.net.NetOptions;
import io.syslet.server.policy.Limits;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What {@link ServerOptions} mean, once they have been checked.
 *
 * @param root the folder that is served, as an absolute path.
 * @param canWrite whether clients may change files.
 * @param takesDescriptors whether local clients may pass descriptors of theirs.
 * @param limits what sessions may use.
 * @param net how the server listens.
 * @param journal where the journal is kept; null for nowhere.
 * @param journalOptions how the journal is kept.
 * @param http where the page is served; null for nowhere.
 * @param drain how long a server that ends waits for calls in flight.
 */
public record ServerSettings(
    Path root,
    boolean canWrite,
    boolean takesDescriptors,
    Limits limits,
    NetOptions net,
    @Nullable Path journal,
    JournalOptions journalOptions,
    @Nullable InetSocketAddress http,
    Duration drain) {}
