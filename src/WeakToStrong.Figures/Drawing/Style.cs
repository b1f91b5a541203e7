using WeakToStrong.Figures.Model;

namespace WeakToStrong.Figures.Drawing;

/// <summary>Sizes shared by all figures, in points: those of a conference paper set in a 5.5 inch column.</summary>
internal static class Style
{
    public const double LabelSize = 8.5;
    public const double TickSize = 7.5;
    public const double LegendSize = 7.5;
    public const double NoteSize = 7.5;
    public const double AxisWidth = 0.6;
    public const double MajorTick = 3.0;
    public const double MinorTick = 1.7;
    public const double TickGap = 2.5;
    public const double LabelGap = 4.0;
    public const double PanelGap = 14;
    public const double PageMargin = 4;
    public const double BarWidth = 8;
    public const double BarGap = 7;

    public static Stroke Axis { get; } = new(Palette.Black, AxisWidth);
}
