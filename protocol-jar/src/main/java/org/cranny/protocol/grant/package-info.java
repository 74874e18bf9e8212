/** Rights that central signs: allotments for sources, grants for single acts. */
package org.cranny.protocol.grant;
