using FsCheck.Xunit;

namespace GridVolunteer.Workloads.Tests.ProteinSearch;

public sealed class ScalarAlignerTests
{
    [Property(Arbitrary = [typeof(RelatedArbitrary)], MaxTest = 400, EndSize = 60)]
    public bool Score_IsThatOfTheFullMatrix(Related pair) =>
        ScalarAligner.Score(pair.Query, pair.Target) == ReferenceAligner.Score(pair.Query, pair.Target);
}
