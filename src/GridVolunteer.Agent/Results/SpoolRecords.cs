using System.Buffers;
using System.Text.Json;
using GridVolunteer.Agent.Worker.Frames;
using GridVolunteer.Peer.Reporting;
using GridVolunteer.Protocol.Blobs;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Json;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Agent.Results;

/// <summary>The spool's records as bytes. The first byte says which kind; numbers are those of version 1.</summary>
internal static class SpoolRecords
{
    private const byte OfferKind = 1;
    private const byte FinishedKind = 2;
    private const byte AcknowledgedKind = 3;
    private const byte DroppedKind = 4;

    private const int InlineTag = 0;
    private const int BlobTag = 1;
    private const int FailureTag = 2;
    private const double MicrosecondsPerSecond = 1e6;

    public static byte[] Offer(GrantOffer offer)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(offer, ProtocolJson.Default.GrantOffer);
        return [OfferKind, .. json];
    }

    public static byte[] Finished(GrantId grant, IReadOnlyCollection<FinishedUnit> units)
    {
        var writer = Begin(FinishedKind, grant);
        writer.Varint(units.Count);
        foreach (var unit in units)
        {
            writer.Varint(unit.Unit);
            writer.Varint((long)(unit.ComputeSeconds * MicrosecondsPerSecond));
            WriteOutcome(writer, unit);
        }

        return writer.Written.ToArray();
    }

    public static byte[] Acknowledged(GrantId grant, IReadOnlyCollection<long> units)
    {
        var writer = Begin(AcknowledgedKind, grant);
        writer.Varint(units.Count);
        foreach (var unit in units)
        {
            writer.Varint(unit);
        }

        return writer.Written.ToArray();
    }

    public static byte[] Dropped(GrantId grant) => Begin(DroppedKind, grant).Written.ToArray();

    /// <summary>Applies a record to what the records before it left.</summary>
    /// <exception cref="FrameException">The record is malformed.</exception>
    /// <exception cref="JsonException">The record is malformed.</exception>
    public static void Apply(ReadOnlyMemory<byte> record, Dictionary<GrantId, SpooledGrant> grants)
    {
        var kind = record.Span[0];
        if (kind == OfferKind)
        {
            var offer = JsonSerializer.Deserialize(record.Span[1..], ProtocolJson.Default.GrantOffer)!;
            grants.TryAdd(offer.Grant, new SpooledGrant(offer));
            return;
        }

        var body = new FrameBody(record[1..]);
        if (!GrantId.TryParse(body.Text(), null, out var id) || !grants.TryGetValue(id, out var grant))
        {
            return;
        }

        switch (kind)
        {
            case FinishedKind:
                ReadFinished(ref body, grant);
                break;
            case AcknowledgedKind:
                ReadAcknowledged(ref body, grant);
                break;
            case DroppedKind:
                grant.Dropped = true;
                break;
            default:
                throw new FrameException($"A spool has no records of kind {kind}.");
        }
    }

    private static void ReadFinished(ref FrameBody body, SpooledGrant grant)
    {
        for (var left = body.Count(int.MaxValue); left > 0; left--)
        {
            var unit = body.Varint();
            var seconds = body.Varint() / MicrosecondsPerSecond;
            grant.Finished[unit] = ReadOutcome(ref body, unit) with { ComputeSeconds = seconds };
        }
    }

    private static void ReadAcknowledged(ref FrameBody body, SpooledGrant grant)
    {
        for (var left = body.Count(int.MaxValue); left > 0; left--)
        {
            var unit = body.Varint();
            grant.Finished.Remove(unit);
            grant.Acknowledged.Add(unit);
        }
    }

    private static void WriteOutcome(FrameWriter writer, in FinishedUnit unit)
    {
        if (unit.Failure is { } failure)
        {
            writer.Varint(FailureTag);
            writer.Varint((int)failure.Kind);
            writer.Text(failure.Message);
        }
        else if (unit.Blob is { } blob)
        {
            writer.Varint(BlobTag);
            writer.Text(blob.ToString());
        }
        else
        {
            writer.Varint(InlineTag);
            writer.Bytes(unit.Inline.Span);
        }
    }

    private static FinishedUnit ReadOutcome(ref FrameBody body, long unit) => body.Count(FailureTag) switch
    {
        InlineTag => FinishedUnit.WithResult(unit, body.Bytes()),
        BlobTag => FinishedUnit.WithBlob(unit, BlobId.TryParse(body.Text(), null, out var blob)
            ? blob
            : throw new FrameException("A spool's blob id is malformed.")),
        _ => FinishedUnit.WithFailure(new UnitFailure(
            unit, (UnitFailureKind)body.Count((int)UnitFailureKind.InputUnavailable), body.Text())),
    };

    private static FrameWriter Begin(byte kind, GrantId grant)
    {
        var writer = new FrameWriter();
        writer.Raw([kind]);
        writer.Text(grant.ToString());
        return writer;
    }
}
