namespace Word2Vec.Analysis;

/// <summary>A rectangle of a picture.</summary>
internal readonly record struct LabelBox(double Left, double Top, double Width, double Height)
{
    public double Right => Left + Width;

    public double Bottom => Top + Height;

    public bool Overlaps(LabelBox other) => Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;
}

/// <summary>
/// Puts labels beside points so that none overlaps another: one after another, each at the first of eight places around its point that is
/// free, or nowhere. A grid of cells says which labels are near.
/// </summary>
internal sealed class LabelPlacement(double width, double height)
{
    private const double Cell = 40, Gap = 5;

    private readonly Dictionary<(int X, int Y), List<LabelBox>> _cells = [];

    /// <summary>Keeps a rectangle free of labels.</summary>
    public void Reserve(LabelBox box)
    {
        foreach ((int, int) cell in Cells(box))
        {
            if (!_cells.TryGetValue(cell, out List<LabelBox>? boxes))
                _cells[cell] = boxes = [];
            boxes.Add(box);
        }
    }

    /// <summary>Finds a place for a label of this size beside a point; null where there is none.</summary>
    public LabelBox? Place(double x, double y, double labelWidth, double labelHeight)
    {
        double middle = y - labelHeight / 2, center = x - labelWidth / 2;
        double left = x - Gap - labelWidth, right = x + Gap, above = y - Gap - labelHeight, below = y + Gap;
        ReadOnlySpan<(double Left, double Top)> places =
            [(right, middle), (left, middle), (center, above), (center, below), (right, above), (right, below), (left, above), (left, below)];
        foreach ((double boxLeft, double boxTop) in places)
        {
            var box = new LabelBox(boxLeft, boxTop, labelWidth, labelHeight);
            if (box.Left < 0 || box.Top < 0 || box.Right > width || box.Bottom > height || IsTaken(box))
                continue;
            Reserve(box);
            return box;
        }

        return null;
    }

    private bool IsTaken(LabelBox box)
    {
        foreach ((int, int) cell in Cells(box))
        {
            if (_cells.TryGetValue(cell, out List<LabelBox>? boxes) && boxes.Exists(box.Overlaps))
                return true;
        }

        return false;
    }

    private static IEnumerable<(int X, int Y)> Cells(LabelBox box)
    {
        for (int y = (int)(box.Top / Cell); y <= (int)(box.Bottom / Cell); y++)
        {
            for (int x = (int)(box.Left / Cell); x <= (int)(box.Right / Cell); x++)
                yield return (x, y);
        }
    }
}
