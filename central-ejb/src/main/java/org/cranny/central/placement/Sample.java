package org.cranny.central.placement;

import org.cranny.protocol.fragment.FragmentId;

/** A fragment that a host should keep. @param pack that it is of @param length octets */
public record Sample(long source, FragmentId pack, FragmentId fragment, long length) {}
