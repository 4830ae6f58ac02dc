using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Views;

/// <summary>What is agreed on: the next view, and how much of this one is delivered before it begins.</summary>
/// <param name="Next">The next view. Those who join stand at its end.</param>
/// <param name="Survivors">How many of its members were in the view before.</param>
/// <param name="Cut">For each rank of the view that ends, the last number that is delivered.</param>
/// <param name="Holders">For each of those, the rank of one that held everything up to it.</param>
internal sealed record Proposal(View Next, int Survivors, ulong[] Cut, int[] Holders)
{
    public IEnumerable<MemberLife> Joined => Next.Members.Skip(Survivors);

    public void Write(WireWriter writer)
    {
        var mark = writer.BeginRecord();
        Next.Write(writer);
        writer.WriteCount(Survivors);
        writer.WriteCount(Cut.Length);
        for (var i = 0; i < Cut.Length; i++)
        {
            writer.WriteVarint(Cut[i]);
            writer.WriteCount(Holders[i]);
        }

        writer.End(mark);
    }

    public static Proposal Read(ref WireReader reader)
    {
        var record = reader.ReadRecord();
        var next = View.Read(ref record);
        var survivors = record.ReadNumber(next.Members.Count);
        var count = record.ReadCount(View.MembersMax, entrySizeBytesMin: 2);
        var cut = new ulong[count];
        var holders = new int[count];
        for (var i = 0; i < count; i++)
        {
            cut[i] = record.ReadVarint();
            holders[i] = record.ReadNumber(Math.Max(0, count - 1));
        }

        if (record.Failed)
        {
            reader.Fail();
        }

        return new Proposal(next, survivors, cut, holders);
    }
}
