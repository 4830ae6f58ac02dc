using Whiteboard.Pictures;

namespace GridVolunteer.Samples.Tests.Whiteboard;

public sealed class PictureTests
{
    [Fact]
    public void Pictures_EndTheSame_HoweverTheirMessagesWereInterleaved()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            // Three people; each sends in order, and knows of some wipes. Null stands for a wipe, which come in one order.
            var people = Enumerable.Range(0, 3).Select(p => Pieces(p, random)).ToArray();
            var first = Play(people, random);
            var second = Play(people, random);
            Assert.True(first == second, $"seed {seed}: {first} is not {second}");
        }
    }

    [Fact]
    public void Picture_ThatWasTakenOver_IsTheSame()
    {
        var picture = new Picture();
        picture.Add(Piece("a", 1, 0, 10));
        picture.Wipe();
        picture.Add(Piece("b", 1, 1, 20));
        var other = new Picture();

        other.Take(picture.ToBytes());

        Assert.Equal(Describe(picture), Describe(other));
        Assert.Equal(2, other.NextDepth);
    }

    [Theory]
    [InlineData("red", 5, 10, 10)]
    [InlineData("#12345g", 5, 10, 10)]
    [InlineData("#123456", 0, 10, 10)]
    [InlineData("#123456", 5, -1, 10)]
    [InlineData("#123456", 5, 10, 1_001)]
    public void Piece_OfNonsense_IsRefused(string color, int width, int x, int y) =>
        Assert.False(Picture.IsValid(new Piece { Stroke = "s", Color = color, Width = width, Points = [x, y] }));

    private static string Play(Piece[][] people, Random random)
    {
        var picture = new Picture();
        var next = new int[people.Length];
        var wipes = 3;
        while (wipes > 0 || next.Index().Any(n => n.Item < people[n.Index].Length))
        {
            var who = random.Next(people.Length + 1);
            if (who == people.Length)
            {
                if (wipes > 0)
                {
                    wipes--;
                    picture.Wipe();
                }
            }
            else if (next[who] < people[who].Length)
            {
                picture.Add(people[who][next[who]++]);
            }
        }

        return Describe(picture);
    }

    private static Piece[] Pieces(int person, Random random)
    {
        var wipes = 0;
        return [.. Enumerable.Range(0, 30).Select(i =>
        {
            wipes = Math.Min(3, wipes + (random.Next(8) == 0 ? 1 : 0));
            // Two pieces a stroke.
            return Piece($"{person}-{i / 2}-{wipes}", (i / 2) + 1, wipes, i);
        })];
    }

    private static Piece Piece(string stroke, long depth, int wipes, int at) => new()
    {
        Stroke = stroke,
        Depth = depth,
        Wipes = wipes,
        Color = "#112233",
        Width = 4,
        Points = [at, at],
    };

    private static string Describe(Picture picture) =>
        $"{picture.State.Wipes}: " + string.Join(
            ' ', picture.State.Strokes.Select(s => $"{s.Id}/{s.Depth}({string.Join(',', s.Points)})"));
}
