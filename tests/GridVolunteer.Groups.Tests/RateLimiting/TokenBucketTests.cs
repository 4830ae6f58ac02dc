using FsCheck.Xunit;
using GridVolunteer.Groups.RateLimiting;

namespace GridVolunteer.Groups.Tests.RateLimiting;

public sealed class TokenBucketTests
{
    /// <summary>However it is asked, no more passes than the burst and the rate allow.</summary>
    [Property]
    public void Tokens_TakenInAnyTime_AreThoseOfTheRateAndOneBurst(int seed)
    {
        var random = new Random(seed);
        var bucket = new TokenBucket(8, 32);
        var now = TimeSpan.Zero;
        var taken = 0;
        for (var i = 0; i < 1_000; i++)
        {
            now += TimeSpan.FromMilliseconds(random.Next(100));
            taken += bucket.TryTake(1, now) ? 1 : 0;
            Assert.InRange(taken, 0, 32 + (8 * now.TotalSeconds) + 1e-6);
        }
    }

    [Property]
    public void When_IsTheTimeAtWhichTokensCanBeTaken(ushort milliseconds, byte wanted)
    {
        var now = TimeSpan.FromMilliseconds(milliseconds);
        var bucket = new TokenBucket(3, 255);
        bucket.TryTake(255, now);
        var when = bucket.When(wanted, now);
        Assert.True(bucket.TryTake(wanted, when));
        Assert.InRange((when - now).TotalSeconds, 0, (wanted / 3.0) + 1e-6);
    }

    [Fact]
    public void When_ThatIsNever_IsTheEndOfTime()
    {
        Assert.Equal(TimeSpan.MaxValue, new TokenBucket(1, 5).When(6, default));
        var still = new TokenBucket(0, 5);
        still.TryTake(5, default);
        Assert.Equal(TimeSpan.MaxValue, still.When(1, default));
    }

    [Fact]
    public void Change_KeepsWhatIsSavedUpToTheNewBurst()
    {
        var bucket = new TokenBucket(1, 10);
        bucket.Change(1, 4, default);
        Assert.False(bucket.TryTake(5, default));
        Assert.True(bucket.TryTake(4, default));
    }
}
