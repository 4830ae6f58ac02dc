using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.FailureDetection;

/// <summary>What somebody says of a process: the unit of gossip.</summary>
/// <param name="Subject">The process it is about.</param>
/// <param name="Incarnation">The life it is about.</param>
/// <param name="Status">What is said.</param>
/// <param name="Claimant">Who said it first: the accuser of a suspect.</param>
/// <param name="Extra">The contact of one that is alive; the signature of one that has left; else empty.</param>
internal readonly record struct MemberClaim(
    ProcessId Subject,
    Incarnation Incarnation,
    MemberStatus Status,
    ProcessId Claimant,
    ReadOnlyMemory<byte> Extra)
{
    private const int ExtraSizeBytesMax = 128;

    /// <summary>The bytes a process signs to say goodbye.</summary>
    public static byte[] GoodbyeStatement(ProcessId subject, Incarnation incarnation)
    {
        var writer = new WireWriter();
        writer.WriteBytes("GridVolunteer.Groups goodbye 1"u8);
        writer.WriteProcess(subject);
        incarnation.Write(writer);
        return writer.Written.ToArray();
    }

    public void Write(WireWriter writer)
    {
        var mark = writer.BeginRecord();
        writer.WriteByte((byte)Status);
        writer.WriteProcess(Subject);
        Incarnation.Write(writer);
        if (Status is MemberStatus.Suspect or MemberStatus.Dead)
        {
            writer.WriteProcess(Claimant);
        }
        else
        {
            writer.WriteBytes(Extra.Span);
        }

        writer.End(mark);
    }

    /// <summary>Reads a claim; its bytes are copied only if there are few enough.</summary>
    public static MemberClaim Read(ref WireReader reader)
    {
        var record = reader.ReadRecord();
        var status = (MemberStatus)record.ReadNumber((int)MemberStatus.Left);
        var subject = record.ReadProcess();
        var incarnation = Incarnation.Read(ref record);
        var accuses = status is MemberStatus.Suspect or MemberStatus.Dead;
        var claimant = accuses ? record.ReadProcess() : subject;
        var extra = accuses ? default : record.ReadBytes(ExtraSizeBytesMax);
        if (record.Failed)
        {
            reader.Fail();
            return default;
        }

        return new MemberClaim(subject, incarnation, status, claimant, extra.ToArray());
    }
}
