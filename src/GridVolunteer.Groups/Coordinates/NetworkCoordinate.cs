namespace GridVolunteer.Groups.Coordinates;

/// <summary>
/// Where a process stands in a space in which distance predicts round-trip time: a point of 8 dimensions, and
/// a height for the access link that every path to the process crosses (Dabek, Cox, Kaashoek and Morris,
/// "Vivaldi: a decentralized network coordinate system", SIGCOMM 2004). All lengths are in seconds of round
/// trip. Immutable; made only of finite numbers, so a distance is finite too.
/// </summary>
public sealed class NetworkCoordinate
{
    /// <summary>Dimensions of the point, without the height.</summary>
    public const int Dimensions = 8;

    private readonly double[] _position;

    /// <summary>A coordinate of these parts.</summary>
    /// <param name="position">The point: <see cref="Dimensions"/> finite numbers, in seconds.</param>
    /// <param name="heightSeconds">The height; at least 0.</param>
    /// <param name="error">How wrong the process's predictions are, as a share of the truth; at least
    /// 0.</param>
    /// <param name="adjustmentSeconds">What its predictions lack on average, halved.</param>
    /// <exception cref="ArgumentException">A number is missing, not finite or negative where it may not
    /// be.</exception>
    public NetworkCoordinate(
        ReadOnlySpan<double> position, double heightSeconds, double error, double adjustmentSeconds)
    {
        if (!IsValid(position, heightSeconds, error, adjustmentSeconds))
        {
            throw new ArgumentException(
                "A coordinate is 8 finite numbers, a height of at least 0 and an error of at least 0.");
        }

        _position = position.ToArray();
        HeightSeconds = heightSeconds;
        Error = error;
        AdjustmentSeconds = adjustmentSeconds;
    }

    /// <summary>The point.</summary>
    public ReadOnlySpan<double> Position => _position;

    /// <summary>The height: what the access link adds to every path.</summary>
    public double HeightSeconds { get; }

    /// <summary>How wrong the process's predictions are, as a share of the truth.</summary>
    public double Error { get; }

    /// <summary>Half of what its predictions lack on average; added to those at both ends.</summary>
    public double AdjustmentSeconds { get; }

    /// <summary>Where a process starts that has measured nothing.</summary>
    public static NetworkCoordinate Start(CoordinateOptions options) =>
        new(stackalloc double[Dimensions], options.HeightMinSeconds, options.ErrorMax, 0);

    /// <summary>True when these parts make a coordinate.</summary>
    public static bool IsValid(
        ReadOnlySpan<double> position, double heightSeconds, double error, double adjustmentSeconds)
    {
        foreach (var x in position)
        {
            if (!double.IsFinite(x))
            {
                return false;
            }
        }

        return position.Length == Dimensions
            && double.IsFinite(heightSeconds) && heightSeconds >= 0
            && double.IsFinite(error) && error >= 0
            && double.IsFinite(adjustmentSeconds);
    }

    /// <summary>The distance between the two points, without heights and adjustments.</summary>
    public double PointDistance(NetworkCoordinate other)
    {
        var sum = 0.0;
        for (var i = 0; i < Dimensions; i++)
        {
            var d = _position[i] - other._position[i];
            sum += d * d;
        }

        return Math.Sqrt(sum);
    }

    /// <summary>The distance with heights, which the spring pulls at; without adjustments.</summary>
    public double SpringLength(NetworkCoordinate other) =>
        PointDistance(other) + HeightSeconds + other.HeightSeconds;

    /// <summary>The round-trip time to expect between the two processes. At least 0.</summary>
    public TimeSpan RoundTripTo(NetworkCoordinate other)
    {
        var length = SpringLength(other);
        var adjusted = length + AdjustmentSeconds + other.AdjustmentSeconds;

        // Adjustments correct; they never turn a path around.
        var seconds = adjusted > 0 ? adjusted : length;
        return TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.MaxValue.TotalSeconds / 2));
    }
}
