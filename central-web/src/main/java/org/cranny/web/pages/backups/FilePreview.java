package org.cranny.web.pages.backups;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.cranny.central.recovery.Glimpse;
import org.cranny.central.recovery.Recoveries;
import org.cranny.central.recovery.Recovery;
import org.cranny.central.recovery.RecoveryRequest;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.web.pages.frame.Address;
import org.cranny.web.pages.frame.Deed;
import org.cranny.web.pages.frame.Page;
import org.cranny.web.pages.frame.Visitor;
import org.cranny.web.pages.words.Amounts;
import org.cranny.web.pages.words.Texts;

/**
 * The beginning of a text file, opened by central. That takes the escrowed key, and so the leave that any recovery
 * takes: a look is a recovery of the one file, whose number stands in the address, and nothing is kept of what was seen.
 */
@Named
@RequestScoped
public class FilePreview {
    @Inject
    Recoveries recoveries;

    @Inject
    Place place;

    @Inject
    Address address;

    @Inject
    Deed deed;

    @Inject
    Visitor visitor;

    private String text;
    private String about = "";

    /** Carries out what a button asks for. */
    void act() {
        if (address.isSentForm()) {
            try {
                deed.require(isAllowed());
                look(asked().map(Recovery::id).orElseGet(this::ask));
            } catch (ProblemException e) {
                about = Deed.sentence(e);
            }
        }
    }

    private long ask() {
        Recovery recovery = recoveries.ask(
                place.actor(),
                place.number(),
                new RecoveryRequest(
                        place.snapshot(),
                        List.of(place.path()),
                        "ARCHIVE",
                        "tar",
                        null,
                        null,
                        address.text("why").orElse(null)));
        if (recovery.approval() != null) {
            deed.carryOutTo(here(recovery), true, () -> here(recovery));
            return 0;
        }
        return recovery.id();
    }

    private String here(Recovery recovery) {
        return place.href(Page.FILE, "path", place.path(), "look", recovery.id());
    }

    private void look(long recovery) {
        if (recovery == 0) {
            return;
        }
        Glimpse glimpse = recoveries.look(place.actor(), recovery, place.path());
        Optional<String> decoded = decode(glimpse);
        text = decoded.orElse(null);
        about = decoded.isEmpty()
                ? Texts.say("preview.binary")
                : glimpse.whole()
                        ? Texts.say("preview.whole")
                        : Texts.say(
                                "preview.part", Amounts.bytes(glimpse.octets().length), Amounts.bytes(glimpse.size()));
    }

    /** Empty when it is no text: not UTF-8, or with characters that no text has. A last one may be cut off. */
    static Optional<String> decode(Glimpse glimpse) {
        ByteBuffer octets = ByteBuffer.wrap(glimpse.octets());
        CharBuffer text = CharBuffer.allocate(glimpse.octets().length + 1);
        boolean broken = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .decode(octets, text, glimpse.whole())
                .isError();
        text.flip();
        boolean strange = text.chars()
                .anyMatch(each -> Character.isISOControl(each) && each != '\n' && each != '\t' && each != '\r');
        return broken || strange ? Optional.empty() : Optional.of(text.toString());
    }

    /** The recovery that the address names, when it is of this machine. */
    private Optional<Recovery> asked() {
        try {
            return address.number("look").map(recoveries::find).filter(each -> each.system() == place.number());
        } catch (ProblemException none) {
            return Optional.empty();
        }
    }

    public boolean isAllowed() {
        return visitor.recovers(place.number());
    }

    public String getLook() {
        return asked().map(each -> String.valueOf(each.id())).orElse("");
    }

    /** Whether leave was asked for, and somebody has to give it. */
    public boolean isWaiting() {
        return asked().filter(each -> "WAITING".equals(each.approvalState())).isPresent();
    }

    public boolean isShown() {
        return text != null;
    }

    public String getText() {
        return text;
    }

    public String getAbout() {
        return about;
    }
}
