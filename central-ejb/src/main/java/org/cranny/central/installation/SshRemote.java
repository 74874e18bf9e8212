package org.cranny.central.installation;

import java.io.IOException;
import java.time.Duration;
import org.cranny.engine.ssh.SshMachine;

/** A machine reached by SSH, as root, by itself or by a sudo that asks no password. */
final class SshRemote implements Remote {
    private static final String SUDO = "sudo -n -- ";

    private final SshMachine machine;
    private final String prefix;

    private SshRemote(SshMachine machine, String prefix) {
        this.machine = machine;
        this.prefix = prefix;
    }

    static Remote connect(Wanted wanted, Target target) throws IOException {
        SshMachine machine = SshMachine.connect(wanted.address(target), wanted.hostKey(target), wanted.login());
        return new SshRemote(machine, wanted.user().equals("root") ? "" : SUDO);
    }

    @Override
    public String run(Script script, Iterable<String> arguments, SshMachine.Feed in, Duration most) throws IOException {
        return machine.run(script.command(prefix, "", arguments), in, most);
    }

    @Override
    public void close() throws IOException {
        machine.close();
    }
}
