/** Rights for single acts on somebody else's fragments. */
package org.cranny.daemon.grant;
