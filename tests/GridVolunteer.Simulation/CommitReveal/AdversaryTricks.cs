using GridVolunteer.Groups;
using GridVolunteer.Groups.CommitReveal;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Simulation.CommitReveal;

/// <summary>What the adversary may do, each once: everything that could bring a copied result in.</summary>
internal static class AdversaryTricks
{
    private static readonly ProcessId Victim = RoundModel.Honest[1];

    public static IEnumerable<string> Possible(bool closes, List<string> played, RoundChecker seen)
    {
        // Copy the victim's commitment as soon as it is seen, or commit to what the victim has revealed.
        if (seen.HasCommitted(Victim))
        {
            yield return "copy";
        }

        if (seen.HasRevealed(Victim))
        {
            yield return "commit-stolen";
            yield return "reveal-stolen";
        }

        if (closes && seen.HasCommitted(Victim))
        {
            yield return "close";
            yield return "close-unordered";
            if (played.Contains("commit-stolen"))
            {
                yield return "close-again";
            }
        }
    }

    public static IEnumerable<CommitRevealEvent.Say> Play(
        string trick, List<string> played, RoundChecker seen)
    {
        var stolen = Participant.OpeningOf(Victim);
        var copied = Commitment.Of(Participant.Subject, Victim, stolen);
        var remade = Commitment.Of(Participant.Subject, RoundModel.Adversary, stolen);
        yield return trick switch
        {
            "copy" => Message(0x81, false, w => Write(w, copied)),
            "commit-stolen" => Message(0x81, false, w => Write(w, remade)),
            "reveal-stolen" => Message(0x83, false, w =>
            {
                Write(w, stolen.Nonce);
                Write(w, stolen.Digest);
            }),
            "close" => Close(true, played.Contains("copy") ? copied : null, seen),
            "close-unordered" => Close(false, played.Contains("copy") ? copied : null, seen),
            _ => Close(true, remade, seen),
        };
    }

    private static CommitRevealEvent.Say Close(bool ordered, Bytes32? own, RoundChecker seen) =>
        Message(0x82, ordered, w =>
        {
            var committed = RoundModel.Honest.Where(seen.HasCommitted).ToArray();
            w.WriteCount(committed.Length + (own is null ? 0 : 1));
            foreach (var process in committed)
            {
                w.WriteProcess(process);
                Write(w, Commitment.Of(Participant.Subject, process, Participant.OpeningOf(process)));
            }

            if (own is { } listed)
            {
                w.WriteProcess(RoundModel.Adversary);
                Write(w, listed);
            }
        });

    private static CommitRevealEvent.Say Message(byte kind, bool ordered, Action<WireWriter> body)
    {
        var writer = new WireWriter();
        var mark = writer.BeginMessage(kind, 1);
        Write(writer, Participant.Subject);
        body(writer);
        writer.End(mark);
        return new CommitRevealEvent.Say(writer.Written.ToArray(), ordered);
    }

    private static void Write(WireWriter writer, Bytes32 value)
    {
        writer.WriteUInt128(value.High);
        writer.WriteUInt128(value.Low);
    }
}
