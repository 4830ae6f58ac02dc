using GridVolunteer.Coordination.Volunteers;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordination.Tests.Volunteers;

public sealed class EstimateBookTests
{
    private static readonly JobId Job = new(1);

    [Fact]
    public void Expected_BeforeAnyReport_IsNotKnown() => Assert.Null(EstimateBook.Empty.Expected(Job, 0));

    [Fact]
    public void Learn_TheFirstReport_IsTakenAsItIs() =>
        Assert.Equal(TimeSpan.FromSeconds(3), EstimateBook.Empty.Learn(Job, 0, 30, 10).Expected(Job, 0));

    [Fact]
    public void Learn_FollowsTheReportsTheFasterTheMoreUnitsTheyTellOf()
    {
        var book = EstimateBook.Empty.Learn(Job, 0, 1, 1);

        Assert.Equal(1.2, book.Learn(Job, 0, 2, 1).Expected(Job, 0)!.Value.TotalSeconds, 6);
        Assert.InRange(book.Learn(Job, 0, 200, 100).Expected(Job, 0)!.Value.TotalSeconds, 1.99, 2);
    }

    [Fact]
    public void Learn_KeepsLevelsAndJobsApart()
    {
        var book = EstimateBook.Empty.Learn(Job, 0, 1, 1).Learn(Job, 1, 9, 1).Learn(new JobId(2), 0, 5, 1);

        Assert.Equal(TimeSpan.FromSeconds(1), book.Expected(Job, 0));
        Assert.Equal(TimeSpan.FromSeconds(9), book.Expected(Job, 1));
        Assert.Equal(new JobId(2), book.Entries[0].Job);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(-1, 1)]
    [InlineData(double.NaN, 1)]
    [InlineData(double.PositiveInfinity, 1)]
    public void Learn_FromNonsense_TeachesNothing(double seconds, long units) =>
        Assert.Same(EstimateBook.Empty, EstimateBook.Empty.Learn(Job, 0, seconds, units));

    [Fact]
    public void Learn_BeyondTheBound_ForgetsWhatWasLearntLongestAgo()
    {
        var book = EstimateBook.Empty;
        for (var i = 1; i <= EstimateBook.EntriesMax + 1; i++)
        {
            book = book.Learn(new JobId(i), 0, i, 1).Learn(Job, 0, 1, 1);
        }

        Assert.Equal(EstimateBook.EntriesMax, book.Entries.Count);
        Assert.NotNull(book.Expected(Job, 0));
        Assert.Null(book.Expected(new JobId(2), 0));
        Assert.NotNull(book.Expected(new JobId(3), 0));
    }
}
