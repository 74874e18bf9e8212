package org.cranny.client.cli.admin;

import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(name = "system", description = "Steer one machine of the realm.", subcommands = ShutOutCommand.class)
final class SystemCommand implements Runnable {
    @ParentCommand
    private AdminCommand admin;

    AdminCommand admin() {
        return admin;
    }

    @Override
    public void run() {
        throw admin.wrong("Say what to do, for example 'cranny admin system shut-out 17'.");
    }
}
