/** Who is at which door, and what they may do: machines by certificate, people by password, everything else denied. */
package org.cranny.web.security;
