namespace GridVolunteer.Sdk.Tests;

public sealed class AgreementTests
{
    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, -0.1)]
    [InlineData(0, 1.1)]
    [InlineData(double.PositiveInfinity, 0)]
    [InlineData(double.NaN, 0)]
    [InlineData(0, double.NaN)]
    public void Tolerance_OutOfRange_IsRefused(double absolute, double relative) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Agreement.Within(absolute, relative));
}
