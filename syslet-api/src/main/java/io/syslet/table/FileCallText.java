package io.syslet.table;

/** The calls on files, names and file systems, one a line; {@link CallText} says how. */
final class FileCallText {
  static final String LINES =
      """
      # Reading and writing
        0  63 ... read                    fd out@2 long ~preadv2
        1  64 E.. write                   fd in@2 long ~pwritev2
       17  67 ... pread64                 fd out@2 long long ~preadv2
       18  68 E.. pwrite64                fd in@2 long long ~pwritev2
       19  65 ... readv                   fd iovout@2 long ~preadv2
       20  66 E.. writev                  fd iovin@2 long ~pwritev2
      295  69 ... preadv                  fd iovout@2 long long long ~preadv2
      296  70 E.. pwritev                 fd iovin@2 long long long ~pwritev2
      327 286 ... preadv2                 fd iovout@2 long long long flags ~5|8
      328 287 E.. pwritev2                fd iovin@2 long long long flags ~5|8
        8  62 ... lseek                   fd long int
       40  71 E.. sendfile                fd fd inout=8 long
      326 285 E.. copy_file_range         fd inout=8 fd inout=8 long flags
      275  76 E.. splice                  fd inout=8 fd inout=8 long flags
      276  77 E.. tee                     fd fd long flags
      278  75 E.. vmsplice                fd addr long flags
      187 213 ... readahead               fd long long
      221 223 ... fadvise64               fd long long int
       74  82 ... fsync                   fd
       75  83 ... fdatasync               fd
      277  84 ... sync_file_range         fd long long flags
      162  81 ... sync
      306 267 ... syncfs                  fd
       76  45 E.. truncate                path long
       77  46 E.. ftruncate               fd long
      285  47 E.. fallocate               fd int long long
      451 451 ... cachestat               fd in=16 out=40 flags
      # Opening and closing
        2   - ED. open                    path files int ~openat2
       85   - ED. creat                   path int
      257  56 ED. openat                  fd path files int ~openat2
      437 437 ED. openat2                 fd path in@3 long ~openat2
        3  57 ... close                   fd
      436 436 ... close_range             int int flags
       32  23 .D. dup                     fd
       33   - .D. dup2                    fd int
      292  24 .D. dup3                    fd int files
       72  25 E.. fcntl                   fd int addr
       73  32 E.. flock                   fd int
       16  29 E.. ioctl                   fd int addr
       22   - .D. pipe                    out=8
      293  59 .D. pipe2                   out=8 files
      284   - .D. eventfd                 int
      290  19 .D. eventfd2                int files
      319 279 .D. memfd_create            str flags
      447 447 .D. memfd_secret            files
      303 264 .D. name_to_handle_at       fd path addr out=4 flags
      304 265 .D. open_by_handle_at       fd addr files
      434 434 CD. pidfd_open              int files
      438 438 .D. pidfd_getfd             fd int flags
      323 282 .D. userfaultfd             files
      # Directories and names
       78   - ... getdents                fd out@2 int
      217  61 ... getdents64              fd out@2 int
       79  17 ... getcwd                  out@1 long
       80  49 ... chdir                   path
       81  50 ... fchdir                  fd
      161  51 ... chroot                  path
       82   - E.. rename                  path path
      264  38 E.. renameat                fd path fd path
      316 276 E.. renameat2               fd path fd path flags
       83   - E.. mkdir                   path int
      258  34 E.. mkdirat                 fd path int
       84   - E.. rmdir                   path
       86   - E.. link                    path path
      265  37 E.. linkat                  fd path fd path flags
       87   - E.. unlink                  path
      263  35 E.. unlinkat                fd path flags
       88   - E.. symlink                 path path
      266  36 E.. symlinkat               path fd path
       89   - ... readlink                path out@2 int
      267  78 ... readlinkat              fd path out@3 int
      133   - E.. mknod                   path int long
      259  33 E.. mknodat                 fd path int long
      # Attributes
        4   - ... stat                    path out=S
        5  80 ... fstat                   fd out=S
        6   - ... lstat                   path out=S
      262  79 ... newfstatat              fd path out=S flags
      332 291 ... statx                   fd path flags int out=256
       21   - ... access                  path int
      269  48 ... faccessat               fd path int
      439 439 ... faccessat2              fd path int flags
       90   - E.. chmod                   path int
       91  52 E.. fchmod                  fd int
      268  53 E.. fchmodat                fd path int
      452 452 E.. fchmodat2               fd path int flags
       92   - E.. chown                   path int int
       93  55 E.. fchown                  fd int int
       94   - E.. lchown                  path int int
      260  54 E.. fchownat                fd path int int flags
      132   - E.. utime                   path in=16
      235   - E.. utimes                  path in=32
      261   - E.. futimesat               fd path in=32
      280  88 E.. utimensat               fd path in=32 flags
       95 166 N.. umask                   int
      188   5 E.. setxattr                path str in@3 long flags
      189   6 E.. lsetxattr               path str in@3 long flags
      190   7 E.. fsetxattr               fd str in@3 long flags
      463 463 E.. setxattrat              fd path flags str in@5 long
      191   8 ... getxattr                path str out@3 long
      192   9 ... lgetxattr               path str out@3 long
      193  10 ... fgetxattr               fd str out@3 long
      464 464 ... getxattrat              fd path flags str in@5 long
      194  11 ... listxattr               path out@2 long
      195  12 ... llistxattr              path out@2 long
      196  13 ... flistxattr              fd out@2 long
      465 465 ... listxattrat             fd path flags out@4 long
      197  14 E.. removexattr             path str
      198  15 E.. lremovexattr            path str
      199  16 E.. fremovexattr            fd str
      466 466 E.. removexattrat           fd path flags str
      468 468 ... file_getattr            fd path out@3 long flags
      469 469 E.. file_setattr            fd path in@3 long flags
      # File systems
      137  43 ... statfs                  path out=120
      138  44 ... fstatfs                 fd out=120
      136   - ... ustat                   int out=32
      139   - ... sysfs                   int addr addr
      165  40 E.. mount                   str path str flags addr
      166  39 E.. umount2                 path flags
      155  41 E.. pivot_root              path path
      428 428 .D. open_tree               fd path files
      467 467 .D. open_tree_attr          fd path files in@4 long
      429 429 E.. move_mount              fd path fd path flags
      430 430 .D. fsopen                  str flags
      431 431 E.. fsconfig                fd int str addr int
      432 432 .D. fsmount                 fd flags flags
      433 433 .D. fspick                  fd path flags
      442 442 E.. mount_setattr           fd path flags in@4 long
      457 457 ... statmount               addr out@2 long flags
      458 458 ... listmount               addr out@2*8 long flags
      470 470 ... listns                  addr out@2*8 long flags
      179  60 E.. quotactl                int path int addr
      443 443 E.. quotactl_fd             fd int int addr
      167 224 E.. swapon                  path flags
      168 225 E.. swapoff                 path
      163  89 E.. acct                    path
      253   - .D. inotify_init
      294  26 .D. inotify_init1           files
      254  27 ... inotify_add_watch       fd path int
      255  28 ... inotify_rm_watch        fd int
      300 262 .D. fanotify_init           flags int
      301 263 ... fanotify_mark           fd flags long fd path
      """;

  private FileCallText() {}
}
