using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Packing;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Peer.Buffering;

/// <summary>
/// The units of an offer by their position in it, and their inputs. Positions are consecutive where unit
/// indexes have gaps, so a part of a grant is always one range.
/// </summary>
internal sealed class GrantUnits
{
    private readonly GrantOffer _offer;
    private readonly int[]? _inputStarts;

    private GrantUnits(GrantOffer offer, int count, int[]? inputStarts)
    {
        _offer = offer;
        Count = count;
        _inputStarts = inputStarts;
    }

    public int Count { get; }

    /// <summary>
    /// Reads an offer; null when it has no units, too many, or its inputs are not one for each.
    /// </summary>
    public static GrantUnits? Read(GrantOffer offer)
    {
        var count = offer.Runs.Sum(r => (long)r.Count);
        if (count is 0 or > WorkGeometry.UnitsPerShard)
        {
            return null;
        }

        if (offer.Inputs.IsEmpty)
        {
            return new GrantUnits(offer, (int)count, null);
        }

        var starts = new int[count + 1];
        var position = 0;
        for (var i = 0; i < count; i++)
        {
            starts[i] = position;
            if (!PackedInputs.TryRead(offer.Inputs, ref position, out _))
            {
                return null;
            }
        }

        starts[count] = position;
        return position == offer.Inputs.Length ? new GrantUnits(offer, (int)count, starts) : null;
    }

    /// <summary>
    /// The units at <paramref name="count"/> positions from <paramref name="position"/> on.
    /// </summary>
    public List<UnitRun> Runs(int position, int count)
    {
        var runs = new List<UnitRun>();
        foreach (var run in _offer.Runs)
        {
            if (count == 0)
            {
                break;
            }

            var skipped = Math.Min(position, run.Count);
            var taken = Math.Min(count, run.Count - skipped);
            if (taken > 0)
            {
                runs.Add(new UnitRun(run.Start + skipped, taken));
            }

            position -= skipped;
            count -= taken;
        }

        return runs;
    }

    /// <summary>Their inputs, packed.</summary>
    public ReadOnlyMemory<byte> Inputs(int position, int count) => _inputStarts is { } starts
        ? _offer.Inputs[starts[position]..starts[position + count]]
        : ReadOnlyMemory<byte>.Empty;
}
