/** How machines join: tokens, and what a token is exchanged for. */
package org.cranny.central.enrollment;
