package org.cranny.web.pages.systems;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import org.cranny.central.system.Systems;
import org.cranny.web.pages.frame.Address;
import org.cranny.web.pages.frame.Page;
import org.cranny.web.pages.frame.Visitor;
import org.cranny.web.pages.words.Amounts;
import org.cranny.web.pages.words.Texts;
import org.cranny.web.security.Caller;

/** What shutting a system out would mean. */
@Named
@RequestScoped
public class ShutOutView {
    static final String SHUT_OUT = "shut-out";
    private static final int SAME_NAME = 20;

    @Inject
    SystemView system;

    @Inject
    Systems systems;

    @Inject
    Address address;

    @Inject
    Caller caller;

    @Inject
    Visitor visitor;

    public boolean isOffered() {
        return !system.isRevoked() && visitor.shutsOut(system.getId());
    }

    /** Whether the page is to say what shutting it out would mean, and to ask. */
    public boolean isAsked() {
        return isOffered() && SHUT_OUT.equals(address.text("plan").orElse(""));
    }

    public String getHref() {
        return address.of(Page.SYSTEM, "id", system.getId(), "plan", SHUT_OUT) + "#" + SHUT_OUT;
    }

    /** What follows when it is shut out, a sentence each. */
    public List<String> getFollows() {
        List<String> follows = new ArrayList<>();
        follows.add(Texts.say("shut-out.at-once"));
        if (system.line().machine().isDevice()) {
            follows.add(Texts.say("shut-out.device"));
        } else if (system.isSource()) {
            follows.add(Texts.say("shut-out.source"));
        }
        if (system.isHost()) {
            follows.add(Texts.say(
                    "shut-out.host", Amounts.count(system.line().host().fragments())));
        }
        List<String> others = sameName();
        if (!others.isEmpty()) {
            follows.add(Texts.say("shut-out.others", system.getName(), String.join(", ", others)));
        }
        follows.add(Texts.say("shut-out.for-ever"));
        return follows;
    }

    /** Numbers of the other systems of this name, which are let in: a machine that is backed up and lends is two. */
    private List<String> sameName() {
        return systems.page(caller.owners(), system.getName(), 0, SAME_NAME).stream()
                .filter(machine -> !machine.revoked() && machine.number() != system.getId())
                .map(machine -> Long.toString(machine.number()))
                .toList();
    }
}
