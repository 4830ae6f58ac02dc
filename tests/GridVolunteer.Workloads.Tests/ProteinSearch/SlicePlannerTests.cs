using GridVolunteer.Workloads.ProteinSearch;
using GridVolunteer.Workloads.ProteinSearch.Fasta;
using GridVolunteer.Workloads.ProteinSearch.Slices;

namespace GridVolunteer.Workloads.Tests.ProteinSearch;

public sealed class SlicePlannerTests
{
    [Fact]
    public void SmallJobs_AreCutIntoAboutEightyUnits() =>
        Assert.InRange(Cut(Database(2_000, 400), queryResidues: 300).Count, 75, 85);

    [Theory]
    [InlineData(40_000)]
    [InlineData(1_000_000)]
    public void LargeJobs_AreCutIntoUnitsOfSeconds(long queryResidues)
    {
        var database = Database(500_000, 400);
        var units = Cut(database, queryResidues).Count;
        var seconds = (double)queryResidues * database.Residues / SlicePlanner.CellsPerSecond / units;
        Assert.InRange(seconds, 4, 6);
    }

    [Fact]
    public void VeryManyQueries_StillFillTheLanes() => Assert.All(
        Cut(Database(20_000, 400), 1_000_000_000).SkipLast(1), slice => Assert.InRange(slice.Count, 63, 65));

    [Fact]
    public void Slices_CoverTheDatabaseInOrder()
    {
        var next = 0;
        foreach (var slice in Cut(Database(1_234, 77), 300))
        {
            Assert.Equal(next, slice.First);
            Assert.True(slice.Count > 0);
            next += slice.Count;
        }

        Assert.Equal(1_234, next);
    }

    private static List<DatabaseSlice> Cut(ProteinDatabase database, long queryResidues) =>
        SlicePlanner.Cut(database, SlicePlanner.ChooseResidues(queryResidues, database));

    private static ProteinDatabase Database(int sequences, int length)
    {
        var residues = new byte[length];
        return new ProteinDatabase(
            [.. Enumerable.Repeat(new ProteinSequence("s", residues), sequences)], (long)sequences * length);
    }
}
