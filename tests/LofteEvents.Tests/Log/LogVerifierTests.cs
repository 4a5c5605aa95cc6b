using System.Text;
using LofteEvents.Log;

namespace LofteEvents.Tests.Log;

public class The_log_verifier
{
    private static readonly SampleLog Good = SampleLog.Good;

    [Fact]
    public void Finds_nothing_in_a_log_that_is_whole()
    {
        var report = Good.Verify();
        report.IsWhole.ShouldBeTrue();
        report.Leaves.ShouldBe(6ul);
        report.UnsealedRows.ShouldBe(0ul);
        report.Checks.ShouldAllBe(check => check.First == null && check.Failures == 0);
        Counted(report, LogCheckNames.LeafForm).ShouldBe(6ul);
        Counted(report, LogCheckNames.Pinned).ShouldBe(2ul);
        Counted(report, LogCheckNames.EventPayload).ShouldBe(6ul);
        Counted(report, LogCheckNames.PartContent).ShouldBe(2ul);
        report.Checks.Select(check => check.Name).ShouldBeUnique();
    }

    [Fact]
    public void Finds_nothing_in_the_empty_log()
    {
        var empty = new SampleLog([], [], new Checkpoint("a", 0, MerkleTree.EmptyRoot), []);
        empty.Verify().IsWhole.ShouldBeTrue();
    }

    [Fact]
    public void Counts_rows_that_are_not_sealed_yet_without_blaming_them()
    {
        var sealedEarlier = Good with { Leaves = [.. Good.Leaves.Take(4)], Checkpoint = SampleLog.At([.. Good.Leaves.Take(4)]) };
        sealedEarlier.Verify().UnsealedRows.ShouldBe(2ul);
        sealedEarlier.Found().ShouldBeEmpty();
    }

    [Fact]
    public void Holds_the_log_alone_where_no_rows_are_at_hand()
    {
        var report = LogVerifier.Verify(Good.Checkpoint, [], [.. Good.Leaves], rows: null, SampleLog.DestroyedKey);
        report.IsWhole.ShouldBeTrue();
        Counted(report, LogCheckNames.Root).ShouldBe(1ul);
        Counted(report, LogCheckNames.EventPresent).ShouldBe(0ul);
    }

    [Fact]
    public void Finds_a_changed_payload() =>
        Good.WithEvent(1, row => row with { Data = Replaced(row.Data, "35", "36") }).Found().ShouldBe(["event.payload @2"]);

    [Fact]
    public void Finds_a_payload_that_cannot_be_hashed_any_more() =>
        Good.WithEvent(1, row => row with { Data = Replaced(row.Data, "35", "3.5") }).Found().ShouldBe(["event.payload @2"]);

    [Fact]
    public void Finds_a_changed_payload_whose_digest_was_changed_too() =>
        Good.WithEvent(1, row => row with { Data = Replaced(row.Data, "35", "36") })
            .WithLeaf(1, leaf => Leaf.From(
                WrittenDownLog.Events[1].Stored with { Data = Replaced(WrittenDownLog.Events[1].Stored.Data, "35", "36") },
                leaf.Index,
                []))
            .Found().ShouldBe(["root", "pinned"]);

    [Fact]
    public void Finds_by_a_kept_checkpoint_a_history_that_was_rewritten_whole()
    {
        var rewritten = SampleLog.Of([.. Good.WithEvent(1, row => row with { Data = Replaced(row.Data, "35", "36") }).Rows]);
        rewritten.Found().ShouldBeEmpty();
        (rewritten with { Pinned = Good.Pinned }).Found().ShouldBe(["pinned"]);
        (rewritten with { Pinned = [Good.Checkpoint] }).Found().ShouldBe(["pinned"]);
    }

    [Fact]
    public void Says_behind_which_kept_checkpoint_a_change_lies()
    {
        var report = Good.WithLeaf(4, leaf => leaf with { Payload = MerkleTree.EmptyRoot }).Verify();
        report.Checks.Single(check => check.Name == LogCheckNames.Root).First!.Sentence.ShouldContain("of 3 leaves");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(5)]
    public void Finds_a_removed_row(int index) =>
        Without(index).Found().ShouldBe(
            index == 5 ? ["event.present @11"] : [$"event.present @{Good.Rows[index].Event.Position}"]);

    [Fact]
    public void Finds_a_removed_row_whose_leaf_was_removed_too() =>
        (Without(1) with { Leaves = [.. Good.Leaves.Take(1), .. Good.Leaves.Skip(2)] }).Found()
            .ShouldBe(["size", "root", "pinned", "leaf.index @5", "leaf.stream @5"]);

    [Fact]
    public void Finds_a_removed_row_after_which_everything_was_numbered_anew()
    {
        StoredRow[] rest = [Good.Rows[0], .. Good.Rows.Skip(2).Select(row => row with
        {
            Event = row.Event with { Position = row.Event.Position - 1, Version = Math.Max(1, row.Event.Version - 1) },
        })];
        var renumbered = SampleLog.Of([.. rest.Select(row => row.Event.Type == "tombstone"
            ? row with { Event = row.Event with { Version = row.Event.Position } }
            : row)]);
        renumbered.Found().ShouldBeEmpty();
        (renumbered with { Checkpoint = Good.Checkpoint, Pinned = Good.Pinned }).Found().ShouldBe(["size", "root", "pinned"]);
    }

    [Fact]
    public void Finds_a_tail_that_was_cut_off()
    {
        var cut = Good with { Leaves = [.. Good.Leaves.Take(4)], Rows = [.. Good.Rows.Take(4)] };
        cut.Found().ShouldBe(["size", "root"]);
    }

    [Fact]
    public void Finds_by_a_kept_checkpoint_a_log_that_was_rolled_back()
    {
        var older = SampleLog.Of([.. Good.Rows.Take(4)]);
        older.Found().ShouldBeEmpty();
        var found = older with { Pinned = [Good.Checkpoint] };
        found.Found().ShouldBe(["pinned"]);
        found.Verify().Checks.Single(check => check.First is not null).First!.Sentence.ShouldContain("rolled back");
        (Good with { Checkpoint = older.Checkpoint, Pinned = [Good.Checkpoint] }).Found().ShouldBe(["size", "pinned"]);
    }

    [Fact]
    public void Finds_a_kept_checkpoint_of_another_log() =>
        (Good with { Pinned = [Good.Pinned[0] with { Origin = "polisen.example/norrmalm/2" }] }).Found().ShouldBe(["pinned"]);

    [Fact]
    public void Finds_an_inserted_row()
    {
        var inserted = Good.Rows[3].Event with { Position = 4, Stream = "insats/x", Version = 1 };
        (Good with { Rows = [.. Good.Rows.Take(2), new StoredRow(inserted, []), .. Good.Rows.Skip(2)] }).Found()
            .ShouldBe(["event.logged @4"]);
    }

    [Fact]
    public void Finds_rows_that_come_twice_or_in_another_order()
    {
        (Good with { Rows = [.. Good.Rows.Take(3), .. Good.Rows.Skip(2)] }).Found().ShouldBe(["event.order @5"]);
        (Good with { Rows = [Good.Rows[1], Good.Rows[0], .. Good.Rows.Skip(2)] }).Found()
            .ShouldBe(["event.order @1", "event.present @1"]);
    }

    [Fact]
    public void Finds_every_column_that_was_changed()
    {
        Columns(row => row with { Id = Guid.Empty }).ShouldContain("id");
        Columns(row => row with { Stream = "insats/elsewhere" }).ShouldContain("stream");
        Columns(row => row with { Version = 9 }).ShouldContain("version");
        Columns(row => row with { Type = "insats.cancelled.v1" }).ShouldContain("type");
        Columns(row => row with { RecordedAt = row.RecordedAt.AddMicroseconds(-1) }).ShouldContain("recorded time");
        Columns(row => row with { RecordedAt = row.RecordedAt.AddTicks(1) }).ShouldContain("recorded time");
        Columns(row => row with { CorrelationId = "april" }).ShouldContain("correlation");
        Columns(row => row with { CausationId = null }).ShouldContain("causation");
        Columns(row => row with { CausationId = null, Version = 9 }).ShouldContain("version, causation");

        static string Columns(Func<StoredEvent, StoredEvent> change)
        {
            var spoilt = Good.WithEvent(1, change);
            spoilt.Found().ShouldBe(["event.columns @2"]);
            return spoilt.Verify().Checks.Single(check => check.First is not null).First!.Sentence;
        }
    }

    [Fact]
    public void Finds_changed_headers()
    {
        Good.WithEvent(1, row => row with { Headers = Replaced(row.Headers, "demo-publisher", "someone-else") }).Found()
            .ShouldBe(["event.headers @2"]);
        Good.WithEvent(1, row => row with { Headers = default }).Found().ShouldBe(["event.headers @2"]);
        Good.WithEvent(3, row => row with { Headers = "{}"u8.ToArray() }).Found().ShouldBe(["event.headers @6"]);
    }

    [Fact]
    public void Finds_two_rows_that_changed_places() =>
        Good.WithEvent(0, _ => Good.Rows[1].Event with { Position = 1 })
            .WithEvent(1, _ => Good.Rows[0].Event with { Position = 2 }).Found()
            .ShouldBe(["event.columns @1", "event.headers @1", "event.payload @1"]);

    [Fact]
    public void Finds_leaves_that_do_not_follow_each_other()
    {
        Good.WithLeaf(1, leaf => leaf with { Index = 2 }).Found().ShouldContain("leaf.index @2");
        Good.WithLeaf(1, leaf => leaf with { Version = 3 }).Found().ShouldContain("leaf.stream @2");
        Good.WithLeaf(3, leaf => leaf with { Version = 1 }).Found().ShouldContain("leaf.stream @6");
        Good.WithLeaf(1, leaf => leaf with { EventId = Good.Rows[0].Event.Id }).Found().ShouldContain("leaf.id @2");
        Good.WithLeaf(2, leaf => leaf with { Position = 2 }).Found().ShouldContain("leaf.order @2");
        Good.WithLeaf(2, leaf => leaf with { RecordedAt = leaf.RecordedAt - 100_000_000 }).Found().ShouldContain("leaf.order @5");
    }

    [Fact]
    public void Finds_a_leaf_that_cannot_be_read()
    {
        var cut = Good with { Leaves = [.. Good.Leaves.Take(2), Good.Leaves[2][..^1], .. Good.Leaves.Skip(3)] };
        cut.Found().ShouldBe(["root", "pinned", "leaf.form", "leaf.stream @7", "event.logged @5"]);
        cut.Verify().Checks.Single(check => check.Name == LogCheckNames.LeafForm).First!.LeafIndex.ShouldBe(2ul);
    }

    [Fact]
    public void Finds_one_leaf_too_many() =>
        (Good with { Checkpoint = SampleLog.At([.. Good.Leaves.Take(5)]) }).Found().ShouldBe(["size"]);

    [Fact]
    public void Finds_a_sealed_part_that_was_changed_or_added()
    {
        Parts(parts => [parts[0] with { Ciphertext = MerkleTree.EmptyRoot }, parts[1]]).ShouldBe(["part.content @5"]);
        Parts(parts => [parts[0] with { KeyId = Guid.Empty }, parts[1]]).ShouldBe(["part.content @5"]);
        Parts(parts => [.. parts, parts[0] with { Path = "/sealed/phone" }]).ShouldBe(["part.content @5"]);
        Good.WithRow(0, row => row with { Parts = Good.Rows[SampleLog.Youth].Parts }).Found().ShouldBe(["part.content @1"]);
    }

    [Fact]
    public void Forgives_a_sealed_part_that_is_gone_only_where_the_log_says_that_its_key_was_destroyed()
    {
        Parts(_ => []).ShouldBeEmpty();
        Parts(parts => [parts[1]]).ShouldBeEmpty();

        var undestroyed = SampleLog.Of([.. Good.Rows.Take(5)]).WithRow(SampleLog.Youth, row => row with { Parts = [] });
        undestroyed.Found().ShouldBe(["part.gone @5"]);
        undestroyed.Verify().Checks.Single(check => check.Name == LogCheckNames.PartGone).Failures.ShouldBe(2ul);

        (undestroyed with { Rows = [.. undestroyed.Rows, Good.Rows[5]] }).Found()
            .ShouldBe(["part.gone @5"], "not sealed, so not proved");
        Good.WithRow(SampleLog.Youth, row => row with { Parts = [] })
            .WithEvent(5, row => row with { Data = Replaced(row.Data, "}", ",\"a\":1}") })
            .Found().ShouldBe(["event.payload @11", "part.gone @5"]);
    }

    private static IEnumerable<string> Parts(Func<IReadOnlyList<SealedPartDigest>, IReadOnlyList<SealedPartDigest>> change) =>
        Good.WithRow(SampleLog.Youth, row => row with { Parts = change(row.Parts) }).Found();

    private static SampleLog Without(int index) => Good with { Rows = [.. Good.Rows.Take(index), .. Good.Rows.Skip(index + 1)] };

    private static byte[] Replaced(ReadOnlyMemory<byte> json, string old, string now)
    {
        var text = Encoding.UTF8.GetString(json.Span);
        text.ShouldContain(old);
        return Encoding.UTF8.GetBytes(text.Replace(old, now, StringComparison.Ordinal));
    }

    private static ulong Counted(LogReport report, string name) => report.Checks.Single(check => check.Name == name).Counted;
}
