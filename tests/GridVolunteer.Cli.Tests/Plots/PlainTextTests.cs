using GridVolunteer.Cli.Plots;

namespace GridVolunteer.Cli.Tests.Plots;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("λ = 0.267, 中文 🧬", "λ = 0.267, 中文 🧬")]
    [InlineData("a\u001b[31mb\nc\0", "a [31mb c")]
    [InlineData("a\u202Eb\u2028c", "a\uFFFDb c")]
    [InlineData("\uFFFF", "\uFFFD")]
    public void Of_KeepsTextAndReplacesTheRest(string text, string expected) =>
        Assert.Equal(expected, PlainText.Of(text));

    [Fact]
    public void Of_HalfACharacter_IsReplaced() =>
        Assert.Equal("half \uFFFD of it", PlainText.Of("half \uD83E of it"));
}
