package org.cranny.client.cli.admin;

import org.cranny.client.home.Home;
import org.cranny.client.report.Progress;
import org.cranny.client.report.Screen;

/** What every command of {@code cranny} shares. */
public interface Common {
    Home home();

    Screen screen();

    boolean json();

    /** @param what the verb that begins each line */
    Progress progress(String what);

    /** Says something that is not asked for by programs. */
    void say(String line);
}
