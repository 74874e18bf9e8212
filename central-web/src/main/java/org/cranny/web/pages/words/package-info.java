/** Numbers, times and sentences as people say them. */
package org.cranny.web.pages.words;
