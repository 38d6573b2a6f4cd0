/* ties.c: see ties.h. Owns the log of groups; knows no points but their times. */
#include "store/ties.h"

#include "store/bits_varint.h"

void ties_release(struct ties *ties)
{
    buffer_release(&ties->log);
    *ties = (struct ties) {0};
}

static enum kurs_status log_group(struct ties *ties)
{
    uint8_t bytes[3 * VARINT_BYTES_MAX];
    uint8_t *end = bits_write_varint(bytes, bits_zigzag(ties->original_us - ties->logged_us));
    end = bits_write_varint(end, (uint64_t)(ties->slot_us - ties->original_us));
    end = bits_write_varint(end, ties->count);
    ties->logged_us = ties->original_us;
    if (ties->log.size + sizeof bytes > TIES_BYTES_MAX) {
        ties->lost = true;
        return KURS_OK;
    }
    return buffer_append(&ties->log, bytes, (size_t)(end - bytes));
}

enum kurs_status ties_add(struct ties *ties, int64_t original_us, int64_t first_slot_us, int64_t slot_us)
{
    if (ties->count > 0 && ties->original_us == original_us) {
        ties->count++;
        return KURS_OK;
    }
    enum kurs_status status = ties->count > 0 ? log_group(ties) : KURS_OK;
    ties->original_us = original_us;
    ties->slot_us = first_slot_us;
    ties->count = (uint64_t)(slot_us - first_slot_us) + 1;
    return status;
}

void ties_reader_init(struct ties_reader *reader, const struct ties *ties)
{
    *reader = (struct ties_reader) {.ties = ties, .slot_us = KURS_TIME_MIN - 1};
}

static void next_group(struct ties_reader *reader)
{
    const struct ties *ties = reader->ties;
    if (reader->at == ties->log.size) {
        reader->original_us = ties->original_us;
        reader->slot_us = ties->slot_us;
        reader->count = ties->count;
        reader->ended = true;
        return;
    }
    struct bits_reader in = {ties->log.data + reader->at, ties->log.data + ties->log.size, false};
    reader->original_us += (int64_t)bits_unzigzag(bits_read_varint(&in));
    reader->slot_us = reader->original_us + (int64_t)bits_read_varint(&in);
    reader->count = bits_read_varint(&in);
    reader->at = (size_t)(in.at - ties->log.data);
}

int64_t ties_original(struct ties_reader *reader, int64_t slot_us)
{
    while (!reader->ended && slot_us >= reader->slot_us + (int64_t)reader->count) {
        next_group(reader);
    }
    bool inside = slot_us >= reader->slot_us && slot_us < reader->slot_us + (int64_t)reader->count;
    return inside ? reader->original_us : slot_us;
}
