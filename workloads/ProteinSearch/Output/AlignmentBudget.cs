using GridVolunteer.Workloads.ProteinSearch.Alignment;
using GridVolunteer.Workloads.ProteinSearch.Fasta;
using GridVolunteer.Workloads.ProteinSearch.Tracebacks;

namespace GridVolunteer.Workloads.ProteinSearch.Output;

/// <summary>
/// Makes alignments as long as they do not add up to too much work for the one machine that makes the output:
/// about half a minute. Whether a hit gets one depends on the hits before it alone, never on the machine.
/// </summary>
/// <param name="cells">The work: query's residues times target's, added up.</param>
internal sealed class AlignmentBudget(long cells = 2_000_000_000)
{
    private long _left = cells;

    /// <summary>The hit's alignment; null if that is more work than is left.</summary>
    public AlignmentOutput? TryAlign(QueryProfile query, ProteinSequence target, int score)
    {
        var needed = (long)query.Length * target.Residues.Length;
        if (needed > _left)
        {
            return null;
        }

        _left -= needed;
        var alignment = LocalAligner.Align(query.Residues, target.Residues, score);
        return AlignmentOutput.From(alignment, query.Residues, target.Residues);
    }
}
