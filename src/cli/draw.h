/* draw.h: the options of pictures, as chart and report take them, turned into a chart_request. */
#ifndef KURS_CLI_DRAW_H
#define KURS_CLI_DRAW_H

#include "chart/chart.h"
#include "cli/cli.h"

/* What a request points into; zero it, release it. */
struct draw_memory {
    struct kurs_route *routes;
    struct chart_note marks[CHART_NOTES_MAX], bands[CHART_NOTES_MAX];
};
void draw_release(struct draw_memory *memory);

/* The pairs, range and look asked for. KURS_EARGUMENT with the option named. Memory stays the caller's. */
enum kurs_status draw_request(struct cli *cli, struct draw_memory *memory, struct chart_request *request);

/* KURS_EARGUMENT, with the option named, where one was given that has no use: in charts of that type (draw_request has
 * asked), in files of that kind, and in charts of characters. */
enum kurs_status draw_fits(struct cli *cli, enum chart_type type);
enum kurs_status draw_fits_file(struct cli *cli, enum chart_output output);
enum kurs_status draw_fits_characters(struct cli *cli);

/* svg, png or pdf by -f, else by the suffix of -o; *found false where neither is given. */
enum kurs_status draw_output(struct cli *cli, enum chart_output *output, bool *found);

/* Writes the chart to cli->out: a picture where the terminal says that it draws them, else one of characters that fills
 * its window. */
enum kurs_status draw_in_terminal(struct cli *cli, struct chart_request *request);

/* gnuplot with the environment of this process and its clock, which ends one that hangs. */
struct run_settings draw_settings(const struct cli *cli);

#endif
