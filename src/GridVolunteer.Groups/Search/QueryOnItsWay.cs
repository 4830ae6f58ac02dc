using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Search;

/// <summary>A query between two peers, without its text.</summary>
/// <param name="Id">Which.</param>
/// <param name="Asker">Who asks.</param>
/// <param name="Ring">Which of the asker's floods this is, from 0.</param>
/// <param name="HopCount">Links it has crossed when it arrives; at least 1.</param>
/// <param name="TimeToLive">Links it may cross after that.</param>
/// <param name="AnswersGoDirect">Whether answers go straight to the asker.</param>
internal readonly record struct QueryOnItsWay(
    QueryId Id, ProcessId Asker, int Ring, int HopCount, int TimeToLive, bool AnswersGoDirect)
{
    private const int RingMax = 3;

    /// <summary>It, one link further on.</summary>
    public QueryOnItsWay Onwards => this with { HopCount = HopCount + 1, TimeToLive = TimeToLive - 1 };

    /// <summary>
    /// Reads it. The sum of links is cut to the cap; a query that has crossed more is a fault.
    /// </summary>
    public static QueryOnItsWay Read(ref WireReader reader)
    {
        var id = new QueryId(reader.ReadUInt128());
        var asker = reader.ReadProcess();
        var ring = reader.ReadNumber(RingMax);
        var hops = reader.ReadNumber(SearchOptions.TimeToLiveCap);
        var timeToLive = reader.ReadNumber(byte.MaxValue);
        var direct = reader.ReadBoolean();
        if (hops == 0)
        {
            reader.Fail();
        }

        return new QueryOnItsWay(
            id, asker, ring, hops, Math.Min(timeToLive, SearchOptions.TimeToLiveCap - hops), direct);
    }

    public void Write(WireWriter writer)
    {
        writer.WriteUInt128(Id.Value);
        writer.WriteProcess(Asker);
        writer.WriteCount(Ring);
        writer.WriteCount(HopCount);
        writer.WriteCount(TimeToLive);
        writer.WriteBoolean(AnswersGoDirect);
    }
}
