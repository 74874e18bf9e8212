package org.cranny.engine.posix;

/** The numbers that differ between the processors we run on: system calls and open flags (Linux uapi headers). */
enum Machine {
    X86_64(217, 259, 0200000, 0400000),
    AARCH64(61, 33, 0040000, 0100000);

    /** The same everywhere: added after the numbers were unified. */
    static final int SYS_OPENAT2 = 437;

    static final Machine HERE = here();

    final int sysGetdents64;
    final int sysMknodat;
    final int directory;
    final int noFollow;

    Machine(int sysGetdents64, int sysMknodat, int directory, int noFollow) {
        this.sysGetdents64 = sysGetdents64;
        this.sysMknodat = sysMknodat;
        this.directory = directory;
        this.noFollow = noFollow;
    }

    private static Machine here() {
        return "aarch64".equals(System.getProperty("os.arch")) ? AARCH64 : X86_64;
    }

    static boolean isSupported() {
        String arch = System.getProperty("os.arch");
        return "Linux".equals(System.getProperty("os.name")) && ("amd64".equals(arch) || "aarch64".equals(arch));
    }
}
