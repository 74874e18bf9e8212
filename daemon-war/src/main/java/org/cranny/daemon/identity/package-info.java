/** Who this daemon is, whom it trusts, and where it lives. */
package org.cranny.daemon.identity;
