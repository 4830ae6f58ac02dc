using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace GridVolunteer.Workloads.ProteinSearch;

/// <summary>What a search can be told.</summary>
/// <param name="Top">Hits kept per query.</param>
/// <param name="Alignments">Hits per query that are shown as alignments.</param>
/// <param name="SliceResidues">Database residues that one unit searches, or null to let the planner
/// choose.</param>
public sealed record SearchParameters(
    [property: Description("Hits kept per query; ties are broken by database order."), Range(1, 10_000)]
    int Top = 25,
    [property: Description("Hits per query, the best, that are shown as alignments; 0 for none.")]
    [property: Range(0, 1_000)]
    int Alignments = 5,
    [property: Description("Database residues that one unit searches; chosen by the size of the job when absent.")]
    [property: Range(1, 1L << 40)]
    long? SliceResidues = null);
