package io.syslet.hadoop;

import java.net.URI;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FileSystem;

/** What a {@link SysletFileSystem} consists of. */
final class DoorParts {
  final ServerDoor door;
  final Statuses statuses;
  final DoorStatistics statistics;
  final NameChanges names;
  final Listings listings;
  final FileProperties properties;
  final FileStreams streams;

  DoorParts(URI uri, DoorOptions options, FileSystem.Statistics totals) {
    door = new ServerDoor(options);
    statuses = new Statuses(uri, options);
    statistics = new DoorStatistics(totals);
    names = new NameChanges(door, statuses);
    listings = new Listings(door, statuses, names);
    properties = new FileProperties(door);
    streams = new FileStreams(door, names, statistics);
  }

  /** Whether a path capability is there, wherever the server grants writing. */
  static boolean isCapableOf(String capability) {
    return switch (capability) {
      case CommonPathCapabilities.FS_APPEND,
          CommonPathCapabilities.FS_PERMISSIONS,
          CommonPathCapabilities.FS_TRUNCATE ->
          true;
      default -> false;
    };
  }
}
