package org.cranny.central.policy;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The directory of people, where it says in which groups they are. */
public interface DirectoryGroups {
    /**
     * Asks about some owners, in one conversation, which is over when this returns.
     *
     * @param owners mail addresses, whatever their spelling
     */
    Answer memberships(Collection<String> owners);

    /**
     * What the directory said.
     *
     * @param groups by owner, as they were asked about: the names of their groups, nested ones too, as the directory
     *     spells them; empty for an owner who has no account, or a closed one, or shares the address with somebody else.
     *     Who could not be asked about is left out
     * @param trouble why the directory did not answer to the end; null when it did
     */
    record Answer(Map<String, Optional<Set<String>>> groups, String trouble) {}
}
